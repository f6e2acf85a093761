// Runs before the first paint, so that a page in the chosen colours does not flash in the others.
try {
  const theme = localStorage.getItem('lectern.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is not allowed: the system's colours are used.
}
