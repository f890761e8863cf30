const tip = byId('tip');

function showTip(lines, x, y) {
  tip.replaceChildren(...lines.map(line => make('div', { textContent: line })));
  tip.hidden = false;
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
  tip.style.top = `${y + 18 + height > innerHeight ? Math.max(8, y - height - 12) : y + 18}px`;
}

function hideTip() {
  tip.hidden = true;
}

/** Shows the tip of the element that has the pointer or the keyboard's focus. */
function follow() {
  const telling = element => {
    for (let at = element; at instanceof Element; at = at.parentElement) if (at.tip) return at;
    return null;
  };
  document.addEventListener('pointerover', event => {
    const found = telling(event.target);
    if (found) showTip(found.tip(), event.clientX, event.clientY);
    else if (!event.target.closest('svg.chart')) hideTip();
  });
  document.addEventListener('focusin', event => {
    const found = telling(event.target);
    if (!found || !found.matches(':focus-visible')) return;
    const box = found.getBoundingClientRect();
    showTip(found.tip(), box.right, box.bottom);
  });
  document.addEventListener('focusout', hideTip);
  document.addEventListener('scroll', hideTip, { capture: true, passive: true });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') hideTip();
  });
}

/** A press outside of the card closes it. */
byId('card').onclick = event => {
  if (event.target === byId('card')) byId('card').close();
};
