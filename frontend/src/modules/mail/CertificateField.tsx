import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { explain } from '@/ui/explain';
import styles from './accountDialog.module.css';

type Props = { value: string; error: string | undefined; onChange: (value: string) => void };

/** The certificate of one's own server: chosen as a file or pasted as text. */
export function CertificateField({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  const [fault, setFault] = useState('');
  const choose = async () => {
    setFault('');
    try {
      const file = await platform().openFile({
        title: t('mail:page.form.caChoose'),
        types: ['pem', 'crt', 'cer', 'txt'],
      });
      if (!file) return;
      const text = new TextDecoder().decode(file.bytes);
      if (text.includes('-----BEGIN CERTIFICATE-----')) onChange(text.trim());
      else setFault(t('mail:caEmpty', { file: file.name }));
    } catch (failure) {
      setFault(explain(failure));
    }
  };
  return (
    <div className={styles.certificate}>
      <Textarea
        label={t('mail:page.form.ca')}
        description={t('mail:page.form.caHint')}
        placeholder="-----BEGIN CERTIFICATE-----"
        classNames={{ input: styles.pem }}
        value={value}
        error={fault || error}
        autosize
        minRows={2}
        maxRows={5}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" onClick={() => void choose()}>
        {t('mail:page.form.caChoose')}
      </Button>
    </div>
  );
}
