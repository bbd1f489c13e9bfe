import type { Field, Kind } from '@/api/types';

/** The fields of the user's own that quotations have; a currency is written with its amount. */
export const ownFields = (kind: Kind): Field[] => kind.fields.filter((f) => f.own && f.type !== 'currency');
