import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { UndoIcon } from '@/ui/icons';
import { undoLast } from '@/ui/undo';
import styles from './intake.module.css';
import type { Taken } from './useFiles';

const figures = ['created', 'updated', 'unchanged', 'cancelled', 'skipped', 'failed'] as const;

/** What became of a calendar file, and what in it somebody should look at. */
export function IntakeDialog({ taken, onClose }: { taken: Taken | null; onClose: () => void }) {
  const { t } = useTranslation();
  const intake = taken?.intake;
  return (
    <Modal
      opened={taken !== null}
      onClose={onClose}
      title={t('activities:page.intake.title', { name: taken?.name ?? '' })}
      size={560}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {intake && (
        <>
          <p className={styles.found}>{t('activities:page.intake.found', { count: intake.found })}</p>
          <dl className={styles.figures}>
            {figures
              .filter((key) => intake[key] > 0)
              .map((key) => (
                <div key={key} data-bad={key === 'failed' || undefined}>
                  <dt>{t(`activities:page.intake.${key}`)}</dt>
                  <dd>{number(intake[key])}</dd>
                </div>
              ))}
          </dl>
          {intake.problems.length > 0 && (
            <ul className={styles.problems} aria-label={t('activities:page.intake.problems')}>
              {intake.problems.map((problem, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one line can have several
                <li key={i}>
                  <span>{t('activities:page.intake.line', { line: number(problem.line) })}</span>
                  {problem.title && <strong>{problem.title}</strong>} {problem.message}
                </li>
              ))}
            </ul>
          )}
          <div className={styles.actions}>
            {intake.batch && (
              <Button
                variant="default"
                leftSection={<UndoIcon size={16} />}
                onClick={() => {
                  void undoLast();
                  onClose();
                }}
              >
                {t('action.undo')}
              </Button>
            )}
            <Button onClick={onClose} data-autofocus>
              {t('action.close')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
