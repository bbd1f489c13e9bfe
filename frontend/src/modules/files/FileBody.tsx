import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '@/api/client';
import type { PresenterProps } from '@/lib/modules';
import { FileMark } from '@/ui/files/FileMark';
import { FileName } from '@/ui/files/FileName';
import styles from '@/ui/files/files.module.css';
import { editionOf, nameOf, sizeOf, typeOf } from '@/ui/files/requests';
import { shownAs } from '@/ui/files/shown';
import { sizeText } from '@/ui/files/size';

/** Larger pictures are shown when they are opened. */
const mostThumb = 4 << 20;

/** A file where it stands in a timeline; of a picture one sees which it is. */
export function FileBody({ entry }: PresenterProps) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const file = entry.record;
  if (!file) return null;
  const picture = shownAs(typeOf(file), sizeOf(file)) === 'picture' && sizeOf(file) <= mostThumb && !broken;
  return (
    <div className={styles.entry}>
      <div className={styles.row}>
        <FileMark type={typeOf(file)} name={nameOf(file)} />
        <span className={styles.about}>
          <FileName file={file} />
          <small>
            {sizeText(sizeOf(file))}
            {editionOf(file) > 1 && ` · ${t('files:page.edition', { edition: editionOf(file) })}`}
          </small>
        </span>
      </div>
      {picture && (
        <img
          className={styles.thumb}
          src={address(`/files/${file.id}/content`)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
