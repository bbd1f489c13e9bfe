import { ApiError } from './client';
import {
  type Given,
  type GivenFile,
  givenData,
  givenFile,
  givenOffers,
  type Offered,
  type PickedFile,
  read,
} from './given';

/** What differs between Kontor's window and a browser. The rest of the pages never asks which it is. */
export type Platform = {
  door: 'window' | 'browser';
  /** Lets somebody choose a file, and reads it. */
  openFile(options: Wanted): Promise<PickedFile | null>;
  /** Lets somebody choose files, which are read later. */
  openFiles(options: Wanted): Promise<GivenFile[]>;
  /** Whether files are dragged over the page. */
  holdsFiles(data: DataTransfer | null): boolean;
  /** What was dropped: to be asked in the event itself. */
  dropped(data: DataTransfer): Promise<Given>;
  saveFile(name: string, bytes: ArrayBuffer): Promise<boolean>;
  openLink(url: string): void;
  copy(text: string, html?: string): Promise<void>;
  /** Shows a notification of the system and reports whether it could; clicked, it opens a page. */
  notify(title: string, body: string, path: string): Promise<boolean>;
  /** Whether there are notifications: they have to be allowed first in a browser. */
  notifies(): Notifies;
  /** Asks for the leave to notify: only ever at a click of somebody. */
  askToNotify(): Promise<Notifies>;
};

export type Notifies = 'yes' | 'ask' | 'refused' | 'never';

type Wanted = { title: string; types: string[] };

type Native = {
  OpenFiles(title: string, pattern: string, several: boolean): Promise<Offered[] | null>;
  Dropped(): Promise<Offered[] | null>;
  SaveFile(name: string, data: string): Promise<boolean>;
  Notify(title: string, body: string, path: string): Promise<boolean>;
};
type Runtime = {
  EventsOn(name: string, listener: (payload: unknown) => void): () => void;
  BrowserOpenURL(url: string): void;
  ClipboardSetText(text: string): Promise<boolean>;
};

declare global {
  interface Window {
    go?: { window?: { Native?: Native } };
    runtime?: Runtime;
  }
}

const allowed = /^(https?|mailto|tel):/i;

/** Only these leave the program: a record may hold any text as its website. */
export function safeLink(url: string): string | undefined {
  const text = url.trim();
  if (allowed.test(text)) return text;
  // A website is often kept without its scheme; anything with another scheme stays text.
  if (/^[\w-]+(\.[\w-]+)+([/?#].*)?$/u.test(text)) return `https://${text}`;
  return undefined;
}

function toBase64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes);
  let text = '';
  for (let i = 0; i < view.length; i += 0x8000) text += String.fromCharCode(...view.subarray(i, i + 0x8000));
  return btoa(text);
}

async function writeClipboard(text: string, html?: string): Promise<void> {
  if (html && typeof ClipboardItem !== 'undefined' && navigator.clipboard?.write) {
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob([text], { type: 'text/plain' }),
        'text/html': new Blob([html], { type: 'text/html' }),
      }),
    ]);
    return;
  }
  await navigator.clipboard.writeText(text);
}

const chooseInBrowser = ({ types }: Wanted, multiple: boolean): Promise<GivenFile[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = multiple;
    input.accept = types.map((t) => `.${t}`).join(',');
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () => resolve([...(input.files ?? [])].map((file) => givenFile(file))));
    input.click();
  });

const firstOf = async ([file]: GivenFile[]): Promise<PickedFile | null> => (file ? read(file) : null);

const inBrowser: Platform = {
  door: 'browser',
  openFile: async (wanted) => firstOf(await chooseInBrowser(wanted, false)),
  openFiles: (wanted) => chooseInBrowser(wanted, true),
  holdsFiles: (data) => data?.types.includes('Files') ?? false,
  dropped: async (data) => givenData(data),
  saveFile: async (name, bytes) => {
    const url = URL.createObjectURL(new Blob([bytes]));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return true;
  },
  openLink: (url) => {
    const safe = safeLink(url);
    if (!safe) return;
    if (/^https?:/i.test(safe)) window.open(safe, '_blank', 'noopener,noreferrer');
    else window.location.href = safe;
  },
  copy: writeClipboard,
  notify: async (title, body, path) => {
    if (inBrowser.notifies() !== 'yes') return false;
    try {
      const shown = new Notification(title, { body, tag: path });
      shown.onclick = () => {
        window.focus();
        window.location.hash = path;
        shown.close();
      };
      return true;
    } catch {
      return false; // browsers of phones know them from service workers only
    }
  },
  notifies: () => {
    if (typeof Notification === 'undefined' || !window.isSecureContext) return 'never';
    return ({ granted: 'yes', default: 'ask', denied: 'refused' } as const)[Notification.permission];
  },
  askToNotify: async () => {
    if (inBrowser.notifies() === 'ask') await Notification.requestPermission();
    return inBrowser.notifies();
  },
};

/** The window answers a failure as JSON text with the code and the sentence. */
function fromNative(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  let fault: { code?: string; detail?: string } = {};
  try {
    fault = JSON.parse(text);
  } catch {
    // Wails' own complaints are plain text and no sentence for people.
  }
  throw new ApiError({ code: fault.code ?? 'internal', detail: fault.detail ?? '' });
}

function inWindow(native: Native, runtime: Runtime): Platform {
  let notifies: Notifies = 'yes';
  let held = false;
  runtime.EventsOn('dragged', (files) => {
    held = Boolean(files);
  });
  const choose = async ({ title, types }: Wanted, several: boolean) =>
    givenOffers(await native.OpenFiles(title, types.map((t) => `*.${t}`).join(';'), several).catch(fromNative)).files;
  runtime.EventsOn('notified', (path) => {
    window.location.hash = String(path);
  });
  return {
    door: 'window',
    openFile: async (wanted) => firstOf(await choose(wanted, false)),
    openFiles: (wanted) => choose(wanted, true),
    // Some webviews hand files over like browsers; WebKitGTK shows a list of addresses only, and Go knows whether of files.
    holdsFiles: (data) => inBrowser.holdsFiles(data) || (held && (data?.types.includes('text/uri-list') ?? false)),
    dropped: async (data) => {
      const given = givenData(data);
      if (given.files.length + given.folders.length > 0) return given;
      return givenOffers(await native.Dropped().catch(fromNative));
    },
    saveFile: (name, bytes) => native.SaveFile(name, toBase64(bytes)).catch(fromNative),
    openLink: (url) => {
      const safe = safeLink(url);
      if (safe) runtime.BrowserOpenURL(safe);
    },
    // The webview refuses the clipboard on some versions; the native one takes text only.
    copy: (text, html) =>
      writeClipboard(text, html).catch(async () => {
        await runtime.ClipboardSetText(text);
      }),
    // A desktop without notifications is only found out by showing one.
    notify: async (title, body, path) => {
      const shown = await native.Notify(title, body, path).catch(() => false);
      notifies = shown ? 'yes' : 'never';
      return shown;
    },
    notifies: () => notifies,
    askToNotify: async () => notifies,
  };
}

let known: Platform | undefined;

export function platform(): Platform {
  const native = window.go?.window?.Native;
  known ??= native && window.runtime ? inWindow(native, window.runtime) : inBrowser;
  return known;
}

/** Sends every link that leaves the program through the platform; a webview opens none by itself. */
export function interceptLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    const href = link?.getAttribute('href') ?? '';
    if (!href || href.startsWith('#') || link?.hasAttribute('download')) return;
    event.preventDefault();
    platform().openLink(href);
  };
  // A file dropped beside a drop target would replace the whole page.
  const refuse = (event: DragEvent) => event.preventDefault();
  document.addEventListener('click', onClick);
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
  return () => {
    document.removeEventListener('click', onClick);
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  };
}
