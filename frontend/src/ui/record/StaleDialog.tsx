import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Values } from '@/api/types';
import { fieldLabel, titleOf } from '@/lib/words';
import { currencyOf, fieldText } from '../fields/fieldText';
import styles from './StaleDialog.module.css';
import { type StaleQuestion, staleQuestion } from './stale';
import { same } from './useSave';

export function StaleDialog() {
  const { t } = useTranslation();
  const question = staleQuestion.use();
  return (
    <Modal
      opened={question !== null}
      onClose={() => question?.answer(null)}
      title={t('stale.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {question && <Versions key={question.current.version} question={question} answer={question.answer} />}
    </Modal>
  );
}

type Props = { question: StaleQuestion; answer: (values: Values | null) => void };

function Versions({ question: { kind, current, mine, links }, answer }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const fields = Object.keys(mine).filter(
    (k) => !same(mine[k], current[k]) && kind.fields.some((f) => f.key === k && f.type !== 'currency'),
  );
  const [stored, setStored] = useState<Record<string, boolean>>({});

  const show = (key: string, from: Values) => {
    const field = kind.fields.find((f) => f.key === key);
    if (!field) return '';
    return (
      fieldText(kind, field, from[key], { links, currency: currencyOf(current, field, currency) }) || t('value.empty')
    );
  };
  const save = () => answer(Object.fromEntries(Object.entries(mine).filter(([key]) => !stored[key])));

  return (
    <>
      <p className={styles.intro}>{t('stale.intro', { title: titleOf(current) })}</p>
      <div className={styles.fields}>
        {fields.map((key) => (
          <fieldset key={key} className={styles.field}>
            <legend>{fieldLabel(kind, key)}</legend>
            {[false, true].map((isStored) => (
              <label key={String(isStored)} data-on={(stored[key] ?? false) === isStored || undefined}>
                <input
                  type="radio"
                  name={`stale-${key}`}
                  checked={(stored[key] ?? false) === isStored}
                  onChange={() => setStored((old) => ({ ...old, [key]: isStored }))}
                />
                <span>
                  <small>{t(isStored ? 'stale.stored' : 'stale.mine')}</small>
                  {show(key, isStored ? current : mine)}
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => answer(null)}>
          {t('stale.back')}
        </Button>
        <Button onClick={save} data-autofocus>
          {t('stale.save')}
        </Button>
      </div>
    </>
  );
}
