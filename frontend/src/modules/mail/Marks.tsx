import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { Badge } from '@/ui/Badge';

/** Who sent it in earnest: a person, a program, or somebody to a thousand others. */
export function Marks({ row }: { row: Row }) {
  const { t } = useTranslation();
  const marks = (['private', 'bulk', 'auto'] as const).filter((key) => row[key] === true);
  return marks.map((key) => (
    <Badge key={key} tone={key === 'private' ? 'grape' : 'gray'}>
      {t(`mail:page.mark.${key}`)}
    </Badge>
  ));
}
