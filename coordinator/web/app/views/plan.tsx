export function PlanView() {
  return <p>plan</p>;
}
