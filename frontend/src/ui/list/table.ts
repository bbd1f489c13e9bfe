import type { ReactNode } from 'react';
import type { Links, Row } from '@/api/types';

/** A column is resolved once for the list, not once a cell. */
export type Column = {
  key: string;
  label: string;
  width: number;
  right?: boolean;
  sortable: boolean;
  editable: boolean;
  /** A typed digit begins to edit. */
  digits: boolean;
  title?: boolean;
  cell: (row: Row, links: Links) => ReactNode;
  text: (row: Row, links: Links) => string;
};

/** The active cell. */
export type Spot = { row: number; col: number };
