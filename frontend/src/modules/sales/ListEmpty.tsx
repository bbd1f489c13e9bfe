import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { useGo } from '@/lib/nav';
import { inSentence, kindMany } from '@/lib/words';
import { FilterIcon, PlusIcon, QuotationIcon } from '@/ui/icons';
import { EmptyState } from '@/ui/States';

type Props = { kind: Kind; filtered: boolean; onClear: () => void; onCreate: () => void };

/** No quotation: none fits the filter, or there is none at all. */
export function ListEmpty({ kind, filtered, onClear, onCreate }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const names = inSentence(kindMany(kind));
  if (filtered) {
    return (
      <EmptyState
        icon={<FilterIcon size={24} stroke={1.6} />}
        title={t('list.noHits')}
        text={t('list.noHitsText', { names })}
      >
        <Button variant="default" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<QuotationIcon size={24} stroke={1.6} />}
      title={t('list.empty', { names })}
      text={t('sales:page.list.empty')}
    >
      <Button leftSection={<PlusIcon size={16} />} onClick={onCreate}>
        {t('sales:kind.quotation.new')}
      </Button>
      <Button variant="default" onClick={() => go('/product')}>
        {t('sales:page.list.products')}
      </Button>
    </EmptyState>
  );
}
