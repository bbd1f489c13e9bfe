import '@fontsource-variable/inter';
import './app/styles.css';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { guardFetch } from './api/guard';
import { interceptLinks } from './api/platform';
import { App } from './app/App';
import { languageOf, startLanguages } from './lib/i18n';

guardFetch();
interceptLinks();

const remembered = document.documentElement.lang;
void startLanguages(languageOf(localStorage.getItem('kontor:language') ?? navigator.language ?? remembered)).then(
  () => {
    const root = document.getElementById('root');
    if (root) createRoot(root).render(<App />);
  },
);
