import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { time } from '@/lib/format';
import { explain } from '@/ui/explain';
import { CheckIcon, OfflineIcon, WarnIcon } from '@/ui/icons';
import type { Editing } from './Editing';
import styles from './head.module.css';

/** Says in words whether what was typed is stored, and if not, why and where it is. */
export function SaveStatus({ editing, onCompare }: { editing: Editing; onCompare: () => void }) {
  const { t } = useTranslation();
  const state = editing.state.use();
  const icon =
    state.phase === 'saved' ? (
      <CheckIcon size={14} />
    ) : state.phase === 'away' ? (
      <OfflineIcon size={14} />
    ) : ['refused', 'stale', 'failed'].includes(state.phase) ? (
      <WarnIcon size={14} />
    ) : null;
  const text = () => {
    switch (state.phase) {
      case 'saved':
        return state.at ? t('sales:page.save.savedAt', { time: time(state.at) }) : t('sales:page.save.saved');
      case 'refused':
        return t('sales:page.save.refused', { count: state.faults.length });
      case 'failed':
        return t('sales:page.save.failed', { reason: explain(state.error) });
      default:
        return t(`sales:page.save.${state.phase}`);
    }
  };
  return (
    <span
      className={styles.status}
      data-bad={icon !== null && state.phase !== 'saved' ? true : undefined}
      role="status"
    >
      {icon}
      <span>{text()}</span>
      {state.phase === 'stale' && (
        <Button size="compact-xs" variant="default" onClick={onCompare}>
          {t('sales:page.stale.compare')}
        </Button>
      )}
      {state.phase === 'failed' && (
        <Button size="compact-xs" variant="default" onClick={() => void editing.flush()}>
          {t('action.retry')}
        </Button>
      )}
    </span>
  );
}
