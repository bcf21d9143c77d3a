const nodes = [...document.querySelectorAll('.node')];
const byPlace = new Map(nodes.map(node => [node.dataset.node, node]));
// In the order of the picture's document a frame comes before what is in it.
const show = (place, moves) => {
  const chosen = byPlace.get(place);
  if (!chosen) return;
  for (const one of document.querySelectorAll('section')) one.classList.toggle('shown', one.id === 'node' + place);
  for (const one of nodes) {
    one.classList.toggle('chosen', one === chosen);
    one.setAttribute('aria-pressed', one === chosen);
    one.tabIndex = one === chosen ? 0 : -1;
  }
  if (moves) {
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    history.replaceState(null, '', '#box' + place);
  }
};
for (const node of nodes) {
  node.setAttribute('role', 'button');
  node.setAttribute('aria-label', node.querySelector('title').textContent);
  node.addEventListener('click', () => show(node.dataset.node, true));
}
const middle = node => {
  const { left, top, width, height } = node.querySelector('rect').getBoundingClientRect();
  return node.classList.contains('frame') ? [left + 40, top + 13] : [left + width / 2, top + height / 2];
};
const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
document.addEventListener('keydown', event => {
  const chosen = nodes.find(node => node.classList.contains('chosen'));
  if (event.key === 'Escape' || event.key === 'Home') return show('0', true);
  const step = steps[event.key];
  if (!step || !chosen || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  // The nearest box that way; what is off the way counts double.
  const [x, y] = middle(chosen);
  let best, least = Infinity;
  for (const node of nodes) {
    const [dx, dy] = middle(node).map((at, axis) => at - [x, y][axis]);
    const along = dx * step[0] + dy * step[1];
    if (along <= 4) continue;
    const across = Math.abs(step[0] ? dy : dx);
    if (along + 2 * across < least) [best, least] = [node, along + 2 * across];
  }
  if (best) show(best.dataset.node, true);
});
// No element has this name, so that the browser scrolls nowhere.
show(location.hash.startsWith('#box') ? location.hash.slice(4) : '0');
if (!document.querySelector('section.shown')) show('0');
