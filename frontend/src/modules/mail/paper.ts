import DOMPurify from 'dompurify';

/** Only these leave Kontor, and only by a click. */
const reachable = /^(https?|mailto|tel):/i;
/** Pictures stand in the page itself; Go has fetched those that the user asked for. */
const picture = /^data:image\/(png|jpe?g|gif|webp|bmp);base64,/i;
/** What could load something, cover something, or hide from the two lists of properties. */
const badStyle = /url\s*\(|image-set|expression|@import|position|\\|z-index|behavior|binding|var\s*\(/i;

/** A second look at what Go has sanitised, by another program with its own lists: a hole must be in both. */
export function purified(html: string): DocumentFragment {
  const purify = DOMPurify(window);
  purify.addHook('uponSanitizeAttribute', (_, data) => {
    if (data.attrName === 'style' && badStyle.test(data.attrValue)) data.keepAttr = false;
    if (data.attrName === 'src' && !picture.test(data.attrValue)) data.keepAttr = false;
    if (data.attrName === 'href' && !reachable.test(data.attrValue.trim())) data.keepAttr = false;
  });
  return purify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    FORBID_TAGS: [
      ...['style', 'form', 'input', 'button', 'select', 'textarea', 'option', 'label', 'fieldset', 'dialog'],
      ...['audio', 'video', 'source', 'track', 'picture', 'map', 'area', 'template', 'details', 'marquee'],
    ],
    FORBID_ATTR: ['id', 'class', 'name', 'srcset', 'background', 'ping', 'target', 'tabindex', 'accesskey', 'popover'],
  });
}

/** The attribute that names a link's number; the address itself stays outside the frame. */
const linkMark = 'data-link';

export type Paper = { page: string; links: string[] };

/**
 * The document of the frame. Its links lead nowhere: they only have numbers, and what lies over them (see MailFrame)
 * opens their targets. No network, no scripts, whatever both sanitisers have overlooked.
 */
export function paper(html: string): Paper {
  const content = purified(html);
  const links: string[] = [];
  for (const anchor of content.querySelectorAll('a')) {
    const target = anchor.getAttribute('href');
    anchor.removeAttribute('href');
    if (!target) continue;
    anchor.setAttribute(linkMark, String(links.length));
    links.push(target.trim());
  }
  for (const picture of content.querySelectorAll('img:not([src])')) {
    const words = picture.getAttribute('alt')?.trim();
    if (words) picture.replaceWith(withMark(words));
    else picture.remove();
  }
  const box = document.createElement('div');
  box.append(content);
  return { page: head + box.innerHTML + foot, links };
}

/** A picture that is not there leaves its words, not the sign of something broken. */
function withMark(words: string): HTMLElement {
  const place = document.createElement('span');
  place.setAttribute('data-held', '');
  place.textContent = words;
  return place;
}

export const linkSelector = `[${linkMark}]`;
export const linkNumber = (anchor: Element) => Number(anchor.getAttribute(linkMark));

/** Mail is written for white paper; it stays white in the dark. */
const head = `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light">
<style>
html { overflow: hidden; background: #fff; }
body { margin: 0; background: #fff; color: #16181d; font: 14px/1.5 'Liberation Sans', Arial, Helvetica, sans-serif; overflow-wrap: break-word; }
#mail { display: flow-root; padding: 14px 16px; }
img { max-width: 100%; height: auto; }
[data-held] { padding: 1px 6px; border: 1px dashed #c9ccd3; border-radius: 4px; color: #5c6370; font-size: 12px; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 2px solid #dcdee4; }
[${linkMark}] { color: #2f3bb3; text-decoration: underline; }
</style></head><body><div id="mail">`;
const foot = '</div></body></html>';

const fileName = /\.(pdf|docx?|xlsx?|pptx?|odt|ods|csv|txt|png|jpe?g|gif|html?|xml|js|eml)$/i;

/** The host that a link really leads to, and the one that its text names, if those are two. */
export function disguise(text: string, target: string): { shown: string; real: string } | undefined {
  const shown = /^\s*(?:https?:\/\/)?(?:[^\s/@]+@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?::\d+)?(?:[/?#]\S*)?\s*$/iu.exec(
    text,
  )?.[1];
  if (!shown || fileName.test(shown) || !/^https?:/i.test(target)) return undefined;
  let real: string;
  try {
    real = new URL(target).hostname;
  } catch {
    return undefined;
  }
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');
  if (bare(real) === bare(shown) || bare(real).endsWith(`.${bare(shown)}`)) return undefined;
  return { shown, real };
}
