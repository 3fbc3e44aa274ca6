export function EventsView() {
  return <p>events</p>;
}
