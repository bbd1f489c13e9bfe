import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { Ask } from './Ask';
import { FrameLink } from './FrameLink';
import styles from './frame.module.css';
import { type LinkArea, linkAreas } from './linkAreas';
import { disguise, paper } from './paper';

type Props = { html: string; title: string };
type Size = { width: number; height: number };

/** No mail is taller than this on the screen: browsers stop drawing at about twice as much. */
const tallest = 16_000;

/**
 * A mail's page on white paper, in a frame without scripts and without network.
 *
 * allow-same-origin lets these pages measure what the frame shows; it is harmless because allow-scripts is missing, so
 * that nothing in the frame can act for its origin. WebKit calls no listener in such a frame, not even ours: so the
 * links in it are dead, and real ones lie over them out here.
 */
export function MailFrame({ html, title }: Props) {
  const { t } = useTranslation();
  const { page, links } = useMemo(() => paper(html), [html]);
  const outer = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [areas, setAreas] = useState<LinkArea[]>([]);
  const [target, setTarget] = useState('');
  const [doubt, setDoubt] = useState<{ link: string; shown: string; real: string } | null>(null);

  const measure = useCallback(() => {
    const element = frame.current;
    const shown = element?.contentDocument;
    const sheet = shown?.getElementById('mail');
    if (!element || !shown || !sheet || !outer.current) return;
    // As wide as there is room, or as the mail needs; the page around it scrolls, never the frame.
    element.style.width = `${outer.current.clientWidth}px`;
    const width = Math.max(outer.current.clientWidth, shown.documentElement.scrollWidth);
    element.style.width = `${width}px`;
    setSize({ width, height: Math.min(tallest, Math.ceil(sheet.getBoundingClientRect().height)) });
    setAreas(linkAreas(shown));
  }, []);
  useEffect(() => {
    const element = outer.current;
    if (!element) return;
    let before = 0;
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === before) return;
      before = element.clientWidth;
      measure();
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [measure]);

  /** Links leave through the program's one listener; those that pretend to lead elsewhere are asked about first. */
  const follow = (event: React.MouseEvent, area: LinkArea) => {
    const link = links[area.number] ?? '';
    const lie = disguise(area.text, link);
    if (!lie) return;
    event.preventDefault();
    event.stopPropagation();
    setDoubt({ link, ...lie });
  };

  const wide = outer.current !== null && size.width > outer.current.clientWidth;
  return (
    <>
      {/* A mail wider than its place is scrolled by keyboard too. */}
      <div ref={outer} className={styles.outer} tabIndex={wide ? 0 : undefined}>
        <div className={styles.sheet} style={{ width: size.width || undefined, height: size.height || undefined }}>
          <iframe
            ref={frame}
            title={title}
            className={styles.frame}
            sandbox="allow-same-origin"
            referrerPolicy="no-referrer"
            tabIndex={-1}
            srcDoc={page}
            onLoad={measure}
          />
          {areas.map((area) => (
            <FrameLink
              key={area.number}
              area={area}
              target={links[area.number] ?? ''}
              onFollow={(event) => follow(event, area)}
              onShow={setTarget}
            />
          ))}
        </div>
      </div>
      {size.height === tallest && <p className={styles.cut}>{t('mail:page.cut')}</p>}
      {target && (
        <div className={styles.status} aria-hidden="true">
          <span className={styles.target}>{target}</span>
        </div>
      )}
      {doubt && (
        <Ask
          title={t('mail:page.link.title')}
          effects={[
            t('mail:page.link.shown', { host: doubt.shown }),
            t('mail:page.link.real', { host: doubt.real }),
            doubt.link,
          ]}
          yes={t('mail:page.link.open', { host: doubt.real })}
          danger
          onClose={() => setDoubt(null)}
          onYes={() => platform().openLink(doubt.link)}
        />
      )}
    </>
  );
}
