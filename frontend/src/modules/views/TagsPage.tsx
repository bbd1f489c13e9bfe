import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { matches } from '@/lib/commands';
import { quote } from '@/lib/filter';
import { number } from '@/lib/format';
import { href, listPath } from '@/lib/nav';
import { inSentence, kindMany } from '@/lib/words';
import { BinIcon, EditIcon, JoinIcon, MoreIcon, SearchIcon, TagIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { CardBones } from '@/ui/record/CardBones';
import { EmptyState, ErrorState } from '@/ui/States';
import { type Act, TagDialog } from './TagDialog';
import { type Tag, taggedKinds, useTags } from './tags';
import styles from './tags.module.css';

const step = 200;

/** All tags of the workspace with how many records have each: to be renamed, merged and deleted. */
export function TagsPage() {
  const { t } = useTranslation();
  const kinds = taggedKinds(useKinds());
  const { tags, pending, error, retry } = useTags(kinds);
  const [words, setWords] = useState('');
  const [most, setMost] = useState(step);
  const [open, setOpen] = useState<{ act: Act; tag: Tag } | null>(null);
  const found = tags.filter((tag) => matches(tag.name, words));
  const doing: { act: Act; icon: React.ReactNode }[] = [
    { act: 'rename', icon: <EditIcon size={15} /> },
    { act: 'merge', icon: <JoinIcon size={15} /> },
    { act: 'delete', icon: <BinIcon size={15} /> },
  ];

  return (
    <>
      <PageBar title={t('view:page.tags.title')} />
      {tags.length > 0 && (
        <div className={styles.toolbar}>
          <TextInput
            className={styles.find}
            aria-label={t('view:page.tags.find')}
            placeholder={t('view:page.tags.find')}
            leftSection={<SearchIcon size={15} />}
            value={words}
            spellCheck={false}
            autoComplete="off"
            onChange={(e) => setWords(e.currentTarget.value)}
          />
          <span className={styles.count} aria-live="polite">
            {t('view:page.tags.count', { count: found.length, number: number(found.length) })}
          </span>
        </div>
      )}
      <div className={styles.scroll}>
        {pending && <CardBones />}
        {Boolean(error) && <ErrorState error={error} retry={retry} />}
        {!pending && !error && found.length === 0 && (
          <EmptyState
            icon={<TagIcon size={24} stroke={1.6} />}
            title={t(tags.length > 0 ? 'view:page.tags.noHits' : 'view:page.tags.empty')}
            text={t('view:page.tags.emptyText')}
          >
            {tags.length > 0 && (
              <Button variant="default" onClick={() => setWords('')}>
                {t('action.clear')}
              </Button>
            )}
          </EmptyState>
        )}
        {found.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('view:page.tags.tag')}</th>
                {kinds.map((kind) => (
                  <th key={kind.name} scope="col" data-right>
                    {kindMany(kind)}
                  </th>
                ))}
                <th scope="col" data-right data-all>
                  {t('view:page.tags.all')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {found.slice(0, most).map((tag) => (
                <tr key={tag.name}>
                  <th scope="row">
                    <span className={styles.tag}>{tag.name}</span>
                  </th>
                  {kinds.map((kind) => {
                    const count = tag.byKind[kind.name];
                    return (
                      <td key={kind.name} data-right>
                        {count && (
                          <a
                            href={href(listPath(kind.name, { where: `tag = ${quote(tag.name)}` }))}
                            aria-label={t('view:page.tags.open', {
                              number: number(count),
                              names: inSentence(kindMany(kind)),
                              tag: tag.name,
                            })}
                          >
                            {number(count)}
                          </a>
                        )}
                      </td>
                    );
                  })}
                  <td data-right data-all>
                    {number(tag.count)}
                  </td>
                  <td className={styles.menu}>
                    <Menu position="bottom-end" width={200}>
                      <Menu.Target>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          size={28}
                          aria-label={t('view:page.tags.menu', { tag: tag.name })}
                        >
                          <MoreIcon size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        {doing.map(({ act, icon }) => (
                          <Menu.Item
                            key={act}
                            leftSection={icon}
                            disabled={act === 'merge' && tags.length < 2}
                            onClick={() => setOpen({ act, tag })}
                          >
                            {t(`view:page.tags.${act}`)}
                          </Menu.Item>
                        ))}
                      </Menu.Dropdown>
                    </Menu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {found.length > most && (
          <Button variant="default" className={styles.more} onClick={() => setMost(most + step)}>
            {t('view:page.tags.more')}
          </Button>
        )}
      </div>
      {open && <TagDialog act={open.act} tag={open.tag} tags={tags} onClose={() => setOpen(null)} />}
    </>
  );
}
