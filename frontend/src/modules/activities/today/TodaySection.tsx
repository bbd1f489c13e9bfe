import { useTranslation } from 'react-i18next';
import type { TodaySection as Section, SettleHow } from '@/api/types';
import { number } from '@/lib/format';
import { href } from '@/lib/nav';
import { step } from './focus';
import { behind, type Item } from './items';
import { TodayRow } from './TodayRow';
import styles from './today.module.css';

type Props = { section: Section; items: Item[]; onSettle: (item: Item, how: SettleHow) => void };

export function TodaySection({ section, items, onSettle }: Props) {
  const { t } = useTranslation();
  const title = t(`activities:page.today.section.${section.key}`);
  const count = number(section.count) + (section.capped ? '+' : '');
  return (
    <section className={styles.section} aria-label={title} data-section={section.key}>
      <div className={styles.head}>
        <h3>{title}</h3>
        <a href={href(behind(section))} aria-label={t('activities:page.today.all', { title, count })}>
          {count}
        </a>
      </div>
      <ul
        onKeyDown={(event) => {
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          step(by);
        }}
      >
        {items.map((item) => (
          <TodayRow key={item.key} item={item} onSettle={onSettle} />
        ))}
      </ul>
      {section.count > items.length && (
        <a className={styles.rest} href={href(behind(section))}>
          {t('activities:page.today.rest', { count: section.count - items.length })}
        </a>
      )}
    </section>
  );
}
