import { useTranslation } from 'react-i18next';
import { href, recordPath } from '@/lib/nav';
import styles from './around.module.css';
import { places, type Web } from './web';

/** The same as the list, drawn: a click moves to whoever stands there. */
export function AroundPicture({ web }: { web: Web }) {
  const { t } = useTranslation();
  const spots = places(web);
  // Names stand outside: above in the upper half, below in the lower one.
  const xs = spots.map((s) => s.x);
  const ys = spots.map((s) => s.y);
  const box = [Math.min(...xs) - 80, Math.min(...ys) - 30];
  const size = [Math.max(...xs) + 80 - (box[0] ?? 0), Math.max(...ys) + 30 - (box[1] ?? 0)];
  const spot = (id: string) => spots.find((s) => s.id === id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with links in it has no element of its own
    <svg
      className={styles.picture}
      viewBox={[...box, ...size].join(' ')}
      role="group"
      aria-label={t('contacts:page.around.picture')}
    >
      {web.edges.map((edge) => {
        const from = spot(edge.from);
        const to = spot(edge.to);
        if (!from || !to) return null;
        return (
          <line
            key={`${edge.from}-${edge.to}-${edge.type}`}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            data-past={edge.past || undefined}
          >
            <title>{`${from.label}: ${edge.label} ${to.label}`}</title>
          </line>
        );
      })}
      {spots.map((s) => (
        <a key={s.id} href={href(recordPath(s.kind, s.id))} aria-label={s.label} tabIndex={-1}>
          <rect x={s.x - 45} y={s.y < 0 ? s.y - 24 : s.y - 8} width={90} height={34} fill="transparent" />
          <circle cx={s.x} cy={s.y} r={s.step === 0 ? 9 : 6} data-step={s.step} />
          <text x={s.x} y={s.y < 0 ? s.y - 11 : s.y + 21} textAnchor="middle">
            {s.label.length > 22 ? `${s.label.slice(0, 21)}…` : s.label}
          </text>
        </a>
      ))}
    </svg>
  );
}
