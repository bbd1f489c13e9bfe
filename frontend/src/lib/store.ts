import { useSyncExternalStore } from 'react';

/** One shared value that components can watch: enough for dialogs, the palette and the commands in force. */
export type Store<T> = { get(): T; set(next: T | ((old: T) => T)): void; use(): T };

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = () => value;
  return {
    get,
    set: (next) => {
      value = typeof next === 'function' ? (next as (old: T) => T)(value) : next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get, get),
  };
}
