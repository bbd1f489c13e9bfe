import { ActionIcon, Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettleHow } from '@/api/types';
import { kindView } from '@/lib/modules';
import { href, useGo } from '@/lib/nav';
import { MoreIcon, RepeatIcon } from '@/ui/icons';
import { DoneBox } from '../DoneBox';
import type { Item } from './items';
import styles from './today.module.css';

type Props = { item: Item; onSettle: (item: Item, how: SettleHow) => void };

/** The link of the row carries the focus: Enter opens, Space does a task; the buttons come into sight beside it. */
export function TodayRow({ item, onSettle }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const Icon = kindView(item.kind)?.icon;
  return (
    <li className={styles.row} data-today-row>
      {item.task ? (
        <DoneBox title={item.title} done={false} onChange={() => onSettle(item, 'done')} />
      ) : (
        <span className={styles.icon}>{Icon && <Icon size={16} stroke={1.6} />}</span>
      )}
      <div className={styles.what}>
        <a
          className={styles.title}
          href={href(item.to)}
          data-today={item.key}
          onKeyDown={(event) => {
            if (event.key !== ' ' || !item.task) return;
            event.preventDefault();
            onSettle(item, 'done');
          }}
        >
          {item.title}
        </a>
        {item.about.length > 0 && (
          <span className={styles.about}>
            {item.about.map(({ title, to }) =>
              to ? (
                <a key={to} href={href(to)}>
                  {title}
                </a>
              ) : (
                <span key={title}>{title}</span>
              ),
            )}
          </span>
        )}
      </div>
      {item.repeats && (
        <RepeatIcon size={14} stroke={1.7} className={styles.repeat} aria-label={t('activities:page.repeats')} />
      )}
      <span className={styles.actions}>
        {item.task && (
          <>
            <Button size="compact-xs" variant="default" onClick={() => onSettle(item, 'tomorrow')}>
              {t('activities:page.settle.tomorrow')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => onSettle(item, 'nextWeek')}>
              {t('activities:page.settle.nextWeek')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => onSettle(item, 'until')}>
              {t('activities:page.settle.until')}
            </Button>
          </>
        )}
        <Button size="compact-xs" variant="default" onClick={() => go(item.to)}>
          {t('activities:page.open')}
        </Button>
      </span>
      <span className={styles.when}>{item.when}</span>
      {item.task && (
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon
              className={styles.more}
              variant="subtle"
              color="gray"
              size={30}
              aria-label={t('activities:page.more', { title: item.title })}
            >
              <MoreIcon size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onSettle(item, 'tomorrow')}>{t('activities:page.settle.tomorrow')}</Menu.Item>
            <Menu.Item onClick={() => onSettle(item, 'nextWeek')}>{t('activities:page.settle.nextWeek')}</Menu.Item>
            <Menu.Item onClick={() => onSettle(item, 'until')}>{t('activities:page.settle.until')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
