import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/** The reader of PDFs comes as a chunk of its own, when the first paper is shown. */
async function reader() {
  const pdf = await import('pdfjs-dist');
  pdf.GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
  return pdf;
}

export type Paper = PDFDocumentProxy;

export async function openPaper(bytes: ArrayBuffer): Promise<Paper> {
  const { getDocument } = await reader();
  // The worker takes the bytes over; whoever asked keeps their own.
  return getDocument({ data: bytes.slice(0), isEvalSupported: false, useSystemFonts: false }).promise;
}

/** A canvas beyond this many dots costs more memory than it shows; WebKit refuses much larger ones. */
const mostDots = 8_000_000;

/** Draws a page as wide as its place, sharp on the screen at hand, and puts it in at once: no flicker. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const natural = page.getViewport({ scale: 1 });
  const css = width / natural.width;
  const dots = natural.width * natural.height * css * css;
  const sharp = Math.min(window.devicePixelRatio || 1, 2, Math.sqrt(mostDots / dots));
  const viewport = page.getViewport({ scale: css * sharp });
  const hidden = document.createElement('canvas');
  hidden.width = Math.floor(viewport.width);
  hidden.height = Math.floor(viewport.height);
  await page.render({ canvas: hidden, viewport }).promise;
  canvas.width = hidden.width;
  canvas.height = hidden.height;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${natural.height * css}px`;
  canvas.getContext('2d')?.drawImage(hidden, 0, 0);
  hidden.width = 0;
}
