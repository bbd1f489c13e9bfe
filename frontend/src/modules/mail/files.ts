import { plain } from './people';

export { sizeText } from '@/ui/files/size';

/** Files that can run as programs, or bring some with them, whatever their icon says. */
const programs =
  /\.(exe|com|scr|pif|cpl|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|msi|msp|msix|appx|jar|lnk|url|reg|inf|chm|dll|iso|img|vhdx?|sh|run|command|app|dmg|pkg|deb|rpm|appimage|desktop|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|one|html?|xhtml|shtml|mht(ml)?|svg|xml)$/i;

export const isProgram = (name: string) => programs.test(plain(name).replace(/[. ]+$/, ''));

/** What a browser shows of somebody else's files in the sandbox that Kontor answers them in; no PDF reader works there. */
export const isShown = (mediaType: string) =>
  ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mediaType);

/** A file name out of a subject: short, and without what file systems refuse. */
export const fileNameOf = (subject: string, extension: string) =>
  `${
    plain(subject)
      .replace(/[\\/:*?"<>|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 80)
      .trim() || 'mail'
  }.${extension}`;
