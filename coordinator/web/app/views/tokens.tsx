export function TokensView() {
  return <p>tokens</p>;
}
