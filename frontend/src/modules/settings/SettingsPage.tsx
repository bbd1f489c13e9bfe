import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '@/api/queries';
import { usePageSearch } from '@/lib/nav';
import { PageBar } from '@/ui/PageBar';
import { CardBones } from '@/ui/record/CardBones';
import { ShortcutList } from '@/ui/ShortcutList';
import { ErrorState } from '@/ui/States';
import { About } from './About';
import { Appearance } from './Appearance';
import { FieldsTab } from './fields/FieldsTab';
import { LogoField } from './LogoField';
import { SettingsSection } from './SettingsSection';
import styles from './settings.module.css';

const address = ['seller.name', 'seller.slogan', 'seller.street', 'seller.postcode', 'seller.city', 'seller.country'];
const reach = ['seller.contact', 'seller.email', 'seller.phone', 'seller.website'];
const legal = ['seller.vat', 'seller.taxNumber', 'seller.register', 'seller.director'];
const bank = ['seller.bank', 'seller.iban', 'seller.bic'];
const region = ['language', 'timezone', 'currency'];

export function SettingsPage() {
  const { t } = useTranslation();
  const [search, change] = usePageSearch();
  const found = useQuery(settingsQuery);
  const data = found.data;
  const section = (name: string, keys: string[]) =>
    data && <SettingsSection key={name} name={name} keys={keys} settings={data} />;
  return (
    <>
      <PageBar title={t('settings:title')} />
      <Tabs
        value={search.tab ?? 'company'}
        onChange={(tab) => change({ tab: tab === 'company' ? undefined : (tab ?? undefined) })}
        keepMounted={false}
        className={styles.tabs}
        classNames={{ list: styles.list, panel: styles.panel }}
      >
        <Tabs.List>
          {['company', 'region', 'fields', 'appearance', 'keys', 'about'].map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`settings:tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="company">
          <p className={styles.intro}>{t('settings:company.intro')}</p>
          {found.error && !data && <ErrorState error={found.error} retry={() => void found.refetch()} />}
          {found.isPending && <CardBones />}
          {data && <LogoField settings={data} />}
          {section('address', address)}
          {section('reach', reach)}
          {section('legal', legal)}
          {section('bank', bank)}
        </Tabs.Panel>
        <Tabs.Panel value="region">
          {found.error && !data && <ErrorState error={found.error} retry={() => void found.refetch()} />}
          {section('region', region)}
        </Tabs.Panel>
        <Tabs.Panel value="fields">
          <FieldsTab />
        </Tabs.Panel>
        <Tabs.Panel value="appearance">
          <Appearance />
        </Tabs.Panel>
        <Tabs.Panel value="keys" tabIndex={0}>
          <ShortcutList />
        </Tabs.Panel>
        <Tabs.Panel value="about" tabIndex={0}>
          <About />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
