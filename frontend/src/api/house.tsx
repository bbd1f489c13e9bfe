import { createContext, type ReactNode, useContext } from 'react';
import type { Kind, Session } from './types';

/** What every page knows: who is here, in which workspace, and which kinds of record it keeps. */
type House = { session: Session; kinds: Kind[] };

const HouseContext = createContext<House | null>(null);

export function HouseProvider({ house, children }: { house: House; children: ReactNode }) {
  return <HouseContext.Provider value={house}>{children}</HouseContext.Provider>;
}

function useHouse(): House {
  const house = useContext(HouseContext);
  if (!house) throw new Error('No workspace is open here.');
  return house;
}

export const useSession = () => useHouse().session;
export const useKinds = () => useHouse().kinds;
export const useKind = (name: string): Kind | undefined => useHouse().kinds.find((k) => k.name === name);
