import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import { SearchIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import { Marked, unmarked } from '@/ui/Marked';
import { RecordMark } from '@/ui/RecordMark';
import styles from './Palette.module.css';
import type { PaletteItem } from './paletteItems';

type Props = { item: PaletteItem; index: number; active: boolean; onHover: () => void; onRun: () => void };

export function PaletteRow({ item, index, active, onHover, onRun }: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys; rows are its options
    <div
      id={`palette-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      data-at={index}
      className={styles.row}
      onPointerMove={active ? undefined : onHover}
      onClick={onRun}
    >
      <Content item={item} />
    </div>
  );
}

function Content({ item }: { item: PaletteItem }) {
  const { t } = useTranslation();
  if (item.type === 'all') {
    return (
      <>
        <SearchIcon size={17} stroke={1.6} />
        <span className={styles.title}>{item.title}</span>
      </>
    );
  }
  if (item.type === 'command') {
    const Icon = item.command.icon;
    return (
      <>
        {Icon ? <Icon size={17} stroke={1.6} /> : <span />}
        <span className={styles.title}>{t(item.command.title, item.command.params)}</span>
        {item.command.shortcut && <Keys caps={caps(item.command.shortcut)} />}
      </>
    );
  }
  const { hit } = item;
  const snippet = hit.snippet ?? '';
  const inTitle = unmarked(snippet) === hit.title;
  return (
    <>
      <RecordMark kind={hit.kind} id={hit.id} name={hit.title} size={20} />
      <span className={styles.title}>{inTitle ? <Marked text={snippet} /> : hit.title}</span>
      <span className={styles.sub}>{!inTitle && snippet ? <Marked text={snippet} /> : hit.subtitle}</span>
    </>
  );
}
