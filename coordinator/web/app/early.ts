// Runs before the first paint, so that the chosen theme does not flash in.
const theme = localStorage.getItem('muster-theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
