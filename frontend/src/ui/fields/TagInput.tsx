import { TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import type { components } from '@/api/schema';

type Tag = components['schemas']['RecordTag'];

type Props = {
  kind: string;
  value: string[];
  onChange: (tags: string[]) => void;
  label?: string;
  'aria-label'?: string;
  error?: string;
  autoFocus?: boolean;
  /** In a popover, which a list outside of it would close. */
  inside?: boolean;
};

/** As long as a record can carry them. */
const most = 50;

/** Tags with those in use as suggestions. Enter or a comma takes what is typed, Backspace the last one away. */
export function TagInput({ kind, value, onChange, autoFocus, inside, ...rest }: Props) {
  const { t } = useTranslation();
  const inUse = useQuery({
    queryKey: ['tags', kind],
    queryFn: async ({ signal }) => (await call<{ tags: Tag[] }>('/tags', { signal })).tags,
    staleTime: 10_000,
  });
  return (
    <TagsInput
      {...rest}
      data={(inUse.data ?? []).map((tag) => tag.name)}
      value={value}
      onChange={(next) => onChange(next.map((tag) => tag.trim()).filter(Boolean))}
      maxTags={most}
      limit={30}
      maxLength={60}
      acceptValueOnBlur
      comboboxProps={{ withinPortal: !inside }}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      placeholder={value.length === 0 ? t('view:page.tags.placeholder') : undefined}
      spellCheck={false}
    />
  );
}
