export function TimelineView() {
  return <p>timeline</p>;
}
