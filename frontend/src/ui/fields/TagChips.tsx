import type { ListRow, Value } from '@/api/types';
import { quote } from '@/lib/filter';
import { href, listPath } from '@/lib/nav';
import styles from './TagChips.module.css';

/** The tags in the value of a field. */
export const tagsOf = (value: Value): string[] =>
  (Array.isArray(value) ? (value as ListRow[]) : []).map((row) => String(row.value ?? '')).filter(Boolean);

type Props = {
  value: Value;
  /** Each tag leads to the list of all records of this kind that have it. */
  kind?: string;
};

export function TagChips({ value, kind }: Props) {
  return (
    <span className={styles.tags}>
      {tagsOf(value).map((tag) =>
        kind ? (
          <a key={tag} className={styles.tag} href={href(listPath(kind, { where: `tag = ${quote(tag)}` }))}>
            {tag}
          </a>
        ) : (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ),
      )}
    </span>
  );
}
