import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WarnIcon } from '../icons';
import { EmptyState } from '../States';

type Props = { names: string[]; onTakeOut: () => void };

/** The filter asks for a field that was removed: rows without its condition would not be those that were meant. */
export function LostFields({ names, onTakeOut }: Props) {
  const { t } = useTranslation();
  const fields = names.map((name) => t('view:page.lost.name', { name })).join(', ');
  return (
    <EmptyState
      icon={<WarnIcon size={24} stroke={1.6} />}
      title={t('view:page.lost.title', { count: names.length, fields })}
      text={t('view:page.lost.text')}
    >
      <Button onClick={onTakeOut}>{t('view:page.lost.takeOut', { count: names.length })}</Button>
    </EmptyState>
  );
}
