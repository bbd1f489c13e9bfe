import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keep } from './keep';

export type Language = 'en' | 'de';
type Catalogue = Record<string, object>;

/** A language arrives as one chunk when it is first spoken; Go reads the same files. */
const catalogues: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  en: () => import('./lang/en'),
  de: () => import('./lang/de'),
};

export const languageOf = (tag: string): Language => (tag.toLowerCase().startsWith('de') ? 'de' : 'en');

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'ui')) return;
  const { catalogue } = await catalogues[language]();
  for (const [namespace, texts] of Object.entries(catalogue)) i18next.addResourceBundle(language, namespace, texts);
}

export async function startLanguages(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: ['ui'],
    defaultNS: 'ui',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  });
  await Promise.all([load(language), load('en')]);
}

export async function speakLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keep('language', undefined);
  try {
    localStorage.setItem('kontor:language', language);
  } catch {
    // Then the next start begins in the browser's language.
  }
}
