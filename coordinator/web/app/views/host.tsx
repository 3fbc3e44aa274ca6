export function HostView({ name }: { name: string }) {
  return <p>host</p>;
}
