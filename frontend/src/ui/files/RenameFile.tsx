import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import { explain } from '../explain';
import { changeMany } from '../list/many';
import { reportChange } from '../undo';
import { endingOf, sameName, type Versions } from './versions';

type Props = {
  group: Versions;
  taken: (name: string) => boolean;
  owner: { kind: string; id: string };
  onClose: () => void;
};

/** Gives a file another name, with all its versions. Its ending stays unless another one is written. */
export function RenameFile({ group, taken, owner, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ending = endingOf(group.name);
  const [name, setName] = useState(group.name);
  const [fault, setFault] = useState('');
  const done = useRef(false);
  const touched = useRef(false);
  const save = async () => {
    if (done.current) return;
    const words = name.trim();
    const next = words && !endingOf(words) ? words + ending : words;
    if (!next || next === group.name) return onClose();
    if (!sameName(next, group.name) && taken(next)) return setFault(t('files:page.taken', { name: next }));
    done.current = true;
    try {
      const ids = group.all.map((f) => f.id);
      const state = await changeMany('file', { ids }, { set: { name: next } });
      const [failure] = state.failed;
      if (failure) throw new Error(failure.message);
      refresh(client, [...ids.map((id) => ({ kind: 'file', id })), owner]);
      reportChange(t('files:page.renamed', { name: next }), state.batch);
      onClose();
    } catch (error) {
      done.current = false;
      setFault(error instanceof Error && error.constructor === Error ? error.message : explain(error));
    }
  };
  return (
    <TextInput
      size="xs"
      flex={1}
      aria-label={t('files:page.newName', { name: group.name })}
      value={name}
      error={fault || undefined}
      maxLength={120}
      ref={(input) => {
        if (!input || input.dataset.ready) return;
        input.dataset.ready = 'yes';
        input.focus();
        input.setSelectionRange(0, group.name.length - ending.length);
      }}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={(event) => {
        const input = event.currentTarget;
        // The menu that opened this takes the focus back as it closes.
        if (!touched.current) requestAnimationFrame(() => input.focus());
        else if (fault) onClose();
        else void save();
        touched.current = true;
      }}
      onPointerDown={() => {
        touched.current = true;
      }}
      onKeyDown={(event) => {
        touched.current = true;
        if (event.key === 'Enter') void save();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          done.current = true;
          onClose();
        } else return;
        event.preventDefault();
      }}
    />
  );
}
