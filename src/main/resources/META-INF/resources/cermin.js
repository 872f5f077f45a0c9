// Keys. All else works without this file.
(() => {
  const keys = document.getElementById('keys');
  const help = document.getElementById('help');
  help.hidden = false;
  help.addEventListener('click', () => keys.showModal());

  function move(by) {
    const rows = [...document.querySelectorAll('[data-row]')].filter(row => row.offsetParent !== null);
    if (rows.length === 0) return;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[next].focus();
    rows[next].scrollIntoView({ block: 'nearest' });
    const draft = rows[next].closest('.draft');
    if (draft) draft.scrollIntoView({ block: 'start' });
  }

  function fold() {
    const all = [...document.querySelectorAll('main details')];
    const open = all.some(each => !each.open);
    all.forEach(each => { each.open = open; });
  }

  const pages = { t: '/traces', l: '/live', s: '/statistics', r: '/reviews' };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.target.closest('input, select, textarea, [contenteditable]')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (event.key === 'j' || event.key === 'k') move(event.key === 'j' ? 1 : -1);
    else if (event.key === '?') keys.showModal();
    else if (event.key === '/' && document.getElementById('search')) {
      event.preventDefault();
      document.getElementById('search').focus();
    } else if (event.key === 'e') fold();
    else if (pages[event.key] && document.querySelector(`.top a[href="${pages[event.key]}"]`)) location.href = pages[event.key];
  });
})();
