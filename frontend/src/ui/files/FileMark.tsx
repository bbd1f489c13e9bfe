import { FileIcon, PdfIcon, PictureIcon, QuotationIcon, SheetIcon } from '../icons';

/** What kind of file it is, at one look. */
export function FileMark({ type, name }: { type: string; name: string }) {
  const Icon = markOf(type, name);
  return <Icon size={17} stroke={1.6} aria-hidden="true" />;
}

function markOf(type: string, name: string) {
  if (type.startsWith('image/')) return PictureIcon;
  if (type === 'application/pdf') return PdfIcon;
  if (/spreadsheet|excel|csv/.test(type) || /\.(xlsx?|ods|csv)$/i.test(name)) return SheetIcon;
  if (type.startsWith('text/') || /\.(docx?|odt|rtf)$/i.test(name)) return QuotationIcon;
  return FileIcon;
}
