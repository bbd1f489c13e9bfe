import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { kindView } from '@/lib/modules';
import { inSentence, kindMany } from '@/lib/words';
import { FilterIcon, PlusIcon, SearchIcon } from '../icons';
import { OfferedButtons } from '../OfferedButtons';
import { EmptyState } from '../States';

type Props = { kind: Kind; filtered: boolean; onClear: () => void; onCreate?: () => void };

/** Nothing here: either the filter hides everything, or the list is new and says what belongs in it. */
export function ListEmpty({ kind, filtered, onClear, onCreate }: Props) {
  const { t } = useTranslation();
  const view = kindView(kind.name);
  if (filtered) {
    return (
      <EmptyState
        icon={<FilterIcon size={24} stroke={1.6} />}
        title={t('list.noHits')}
        text={t('list.noHitsText', { names: inSentence(kindMany(kind)) })}
      >
        <Button variant="default" onClick={onClear}>
          {t('filter.clear')}
        </Button>
        {onCreate && (
          <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={onCreate}>
            {t(`${kind.module}:kind.${kind.name}.new`)}
          </Button>
        )}
      </EmptyState>
    );
  }
  const Icon = view?.icon ?? SearchIcon;
  return (
    <EmptyState
      icon={<Icon size={24} stroke={1.6} />}
      title={t('list.empty', { names: inSentence(kindMany(kind)) })}
      text={view?.empty ? t(view.empty) : t('list.emptyText')}
    >
      {onCreate && (
        <Button leftSection={<PlusIcon size={16} />} onClick={onCreate}>
          {t(`${kind.module}:kind.${kind.name}.new`)}
        </Button>
      )}
      <OfferedButtons place="emptyList" />
    </EmptyState>
  );
}
