import type { ComponentType } from 'react';
import { useEffect, useRef } from 'react';
import type { Row } from '@/api/types';
import { store } from './store';

/** Where the user is when a command is asked for. */
export type Scene = { path: string; go: (to: string) => void };

/** Where pages offer commands with the mouse: the menu of a list, an empty list, the bar above a record. */
export type Place = 'list' | 'emptyList' | 'record';

/**
 * One thing the program can do. The palette, menus, keys and the shortcut help all read the same list.
 * A shortcut is one key ("c"), a pair ("g c") or a chord ("mod+enter"); mod is Ctrl, or ⌘ on a Mac.
 */
export type Command = {
  id: string;
  title: string;
  params?: Record<string, string>;
  group: 'create' | 'go' | 'page' | 'program';
  shortcut?: string;
  icon?: ComponentType<{ size?: number | string; stroke?: number | string }>;
  when?: (scene: Scene) => boolean;
  run: (scene: Scene) => void;
  /** Where on the page at a path it is offered with the mouse, too. */
  offered?: (path: string) => Place[];
  /** Works while a field has the focus. Chords do by themselves; plain keys never. */
  anywhere?: boolean;
};

/** The record whose page is open, as it is on screen: commands are offered by its state. */
export const shownRecord = store<Row | undefined>(undefined);

const layers = store<Command[][]>([]);

/** Adds a layer of commands. The shell's own lies under those of pages, whichever of them is there first. */
export function addCommands(commands: Command[], under = false): () => void {
  layers.set((old) => (under ? [commands, ...old] : [...old, commands]));
  return () => layers.set((old) => old.filter((layer) => layer !== commands));
}

/**
 * Later layers win: a page may replace a command of the shell, and a shortcut belongs to the last that claims it.
 * The others keep their place in the palette, without the keys.
 */
export function flatten(all: Command[][]): Command[] {
  const byId = new Map<string, Command>();
  for (const command of all.flat()) {
    byId.delete(command.id);
    byId.set(command.id, command);
  }
  const commands = [...byId.values()];
  const owner = new Map(commands.map((c) => [c.shortcut, c.id]));
  return commands.map((c) => (c.shortcut && owner.get(c.shortcut) !== c.id ? { ...c, shortcut: undefined } : c));
}

export const commandsNow = () => flatten(layers.get());
export const useAllCommands = () => flatten(layers.use());

/** Commands of a page live as long as the page. Their run functions may change without a new registration. */
export function useCommands(commands: Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const signature = commands.map((c) => `${c.id}|${c.title}|${c.shortcut ?? ''}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the list; its functions are read through the ref
  useEffect(() => {
    const layer = latest.current.map((command, i) => ({
      ...command,
      run: (scene: Scene) => latest.current[i]?.run(scene),
      when: (scene: Scene) => latest.current[i]?.when?.(scene) ?? true,
    }));
    return addCommands(layer);
  }, [signature]);
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

/** A key press in the words of shortcuts: "mod+k", "shift+x", "?", "escape". */
export function keyName(event: KeyPress, mac = isMac): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const mod = mac ? event.metaKey : event.ctrlKey;
  const letter = /^[a-z0-9]$/.test(key) || key.length > 1;
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey && letter ? 'shift+' : ''}${key}`;
}

export type Step = { run?: Command; pending: string };

/** One key press further: a command to run, or the beginning of a pair to wait for. */
export function step(pending: string, key: string, commands: Command[]): Step {
  const sequence = pending ? `${pending} ${key}` : key;
  const find = (wanted: string) => commands.findLast((c) => c.shortcut === wanted);
  const run = find(sequence) ?? (pending ? find(key) : undefined);
  if (run) return { run, pending: '' };
  const begins = commands.some((c) => c.shortcut?.startsWith(`${sequence} `));
  return { pending: begins ? sequence : '' };
}

/** The caps of a shortcut, as the help and the palette show them. */
export function caps(shortcut: string, mac = isMac): string[] {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    shift: mac ? '⇧' : 'Shift',
    alt: mac ? '⌥' : 'Alt',
    enter: 'Enter',
    escape: 'Esc',
    delete: 'Del',
    arrowup: '↑',
    arrowdown: '↓',
  };
  return shortcut.split(/[ +]/).map((part) => names[part] ?? part.toUpperCase());
}

/** Words of the query in any order, each the beginning of a word of the title. */
export function matches(title: string, query: string): boolean {
  const words = title.toLocaleLowerCase().split(/[\s,/()-]+/);
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((q) => words.some((w) => w.startsWith(q)));
}
