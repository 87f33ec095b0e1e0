// Runs before the first paint: the reader's theme and language, so that nothing flashes. main.tsx does the same in full.
(() => {
  const asked = new URLSearchParams(location.search);
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('queuescope:preferences') ?? '{}') ?? {};
  } catch {
    // Blocked or damaged storage: the system's preferences stand.
  }
  const theme = asked.get('theme') ?? kept.theme;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.dataset.theme = 'dark';
  const language = asked.get('lang') ?? kept.language;
  if (language === 'zh-CN' || language === 'en') document.documentElement.lang = language;
})();
