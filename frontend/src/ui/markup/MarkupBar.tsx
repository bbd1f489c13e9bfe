import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import type { Icon } from '@/lib/modules';
import {
  AddLinkIcon,
  BoldIcon,
  BulletsIcon,
  ChecksIcon,
  CodeIcon,
  HeadingIcon,
  ItalicIcon,
  NumbersIcon,
  QuoteIcon,
} from '../icons';
import { type Edit, link, prefix, wrap } from './edit';
import styles from './markup.module.css';

type Selected = { text: string; start: number; end: number };
export type Tool = { id: string; icon: Icon; keys?: string; code?: string; edit: (at: Selected) => Edit };

/** The tools with their keys: a letter, or a place on the keyboard, since Shift and a digit differ by country. */
export const tools: Tool[] = [
  { id: 'bold', icon: BoldIcon, keys: 'mod+b', edit: (at) => wrap(at, '**') },
  { id: 'italic', icon: ItalicIcon, keys: 'mod+i', edit: (at) => wrap(at, '*') },
  { id: 'heading', icon: HeadingIcon, edit: (at) => prefix(at, 'heading') },
  { id: 'bullets', icon: BulletsIcon, keys: 'mod+shift+8', code: 'Digit8', edit: (at) => prefix(at, 'bullets') },
  { id: 'numbers', icon: NumbersIcon, keys: 'mod+shift+7', code: 'Digit7', edit: (at) => prefix(at, 'numbers') },
  { id: 'checks', icon: ChecksIcon, keys: 'mod+shift+9', code: 'Digit9', edit: (at) => prefix(at, 'checks') },
  { id: 'quote', icon: QuoteIcon, edit: (at) => prefix(at, 'quote') },
  { id: 'link', icon: AddLinkIcon, edit: link },
  { id: 'code', icon: CodeIcon, keys: 'mod+e', edit: (at) => wrap(at, '`') },
];

/** The marks of a text as buttons. The field keeps its selection while they are pressed. */
export function MarkupBar({ onTool }: { onTool: (tool: Tool) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('markup.bar')}>
      {tools.map((tool) => {
        const name = t(`markup.${tool.id}`);
        return (
          <Tooltip key={tool.id} label={tool.keys ? `${name} (${caps(tool.keys).join(' ')})` : name}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={name}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTool(tool)}
            >
              <tool.icon size={15} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </div>
  );
}
