// Sets the colour scheme and the language before the bundle runs, so that neither flashes.
(() => {
  let scheme = 'auto';
  let language = '';
  try {
    scheme = localStorage.getItem('kontor:scheme') || 'auto';
    language = localStorage.getItem('kontor:language') || '';
  } catch {
    // A browser that forbids storage gets the system's scheme.
  }
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (language) document.documentElement.lang = language;
})();
