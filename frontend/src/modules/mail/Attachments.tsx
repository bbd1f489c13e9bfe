import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { DownloadIcon, FileIcon, OutIcon, WarnIcon } from '@/ui/icons';
import { reportFault } from '@/ui/undo';
import { isProgram, isShown, sizeText } from './files';
import { plain } from './people';
import styles from './reader.module.css';
import { type Attachment, attachmentOf, type Letter } from './requests';

/** The files of a mail. Pictures that stand in its text are not among them. */
export function Attachments({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const files = letter.attachments.filter((file) => !file.inline);
  if (files.length === 0) return null;
  return (
    <section className={styles.files} aria-label={t('mail:page.files.title')}>
      <h3>{t('mail:page.files.count', { count: files.length })}</h3>
      <ul>
        {files.map((file) => (
          <FileRow key={file.number} file={file} mail={letter.record.id} />
        ))}
      </ul>
    </section>
  );
}

function FileRow({ file, mail }: { file: Attachment; mail: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const name = plain(file.name) || t('mail:page.files.nameless', { number: file.number + 1 });
  const save = async () => {
    setBusy(true);
    try {
      await platform().saveFile(name, await attachmentOf(mail, file.number));
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  // The window opens no address of its own outside; there a file is saved.
  const opens = platform().door === 'browser' && isShown(file.mediaType);
  const open = () => platform().openLink(`${window.location.origin}/api/mails/${mail}/attachments/${file.number}`);
  return (
    <li>
      <FileIcon size={16} stroke={1.6} />
      <span className={styles.file}>
        <bdi>{name}</bdi> <small>{sizeText(file.size)}</small>
        {isProgram(name) && (
          <em>
            <WarnIcon size={13} stroke={1.8} /> {t('mail:page.files.program')}
          </em>
        )}
      </span>
      {opens && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('mail:page.files.open', { name })}
          onClick={open}
        >
          <OutIcon size={15} />
        </ActionIcon>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<DownloadIcon size={14} />}
        loading={busy}
        aria-label={t('mail:page.files.save', { name })}
        onClick={() => void save()}
      >
        {t('action.save')}
      </Button>
    </li>
  );
}
