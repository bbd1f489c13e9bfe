import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '@/lib/format';
import { href, recordPath } from '@/lib/nav';
import { type Person, people, sender } from './people';
import styles from './reader.module.css';
import type { Letter } from './requests';

/** At first so many recipients are named; the rest on demand. */
const few = 6;

export function LetterHead({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const { record } = letter;
  const lines: [string, Person[]][] = [
    ['from', [sender(record)]],
    ['to', people(record.to)],
    ['cc', people(record.cc)],
  ];
  return (
    <dl className={styles.head}>
      {lines
        .filter(([, list]) => list.length > 0)
        .map(([key, list]) => (
          <Fragment key={key}>
            <dt>{t(`mail:field.mail.${key}`)}</dt>
            <dd>
              <Names list={list.slice(0, few)} letter={letter} />
              {list.length > few && (
                <details className={styles.rest}>
                  <summary>{t('mail:page.moreRecipients', { count: list.length - few })}</summary>
                  <Names list={list.slice(few)} letter={letter} />
                </details>
              )}
            </dd>
          </Fragment>
        ))}
      <dt>{t('mail:field.mail.at')}</dt>
      <dd>{record.at ? moment(String(record.at)) : ''}</dd>
    </dl>
  );
}

/** The address always stands beside the name: anybody may call themselves anything. */
function Names({ list, letter }: { list: Person[]; letter: Letter }) {
  return list.map((person, i) => {
    const contact = contactOf(letter, person.address);
    const name = <bdi>{person.name || person.address}</bdi>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line may name somebody twice; the lines never change
      <span key={i} className={styles.person}>
        {contact ? <a href={href(recordPath(contact.kind, contact.id))}>{name}</a> : name}
        {person.name && person.address && (
          <>
            {' '}
            <small>
              <bdi>{person.address}</bdi>
            </small>
          </>
        )}
      </span>
    );
  });
}

/** The company or person whose address this is, as the mail's links know it. */
function contactOf(letter: Letter, address: string): { kind: string; id: string } | undefined {
  const rows = Array.isArray(letter.record.links) ? letter.record.links : [];
  const row = rows.find((r) => String(r.address).toLowerCase() === address.toLowerCase());
  const id = String(row?.record ?? '');
  const link = letter.links[id];
  return link && { kind: link.kind, id };
}
