/** The composition root. */
export function App() {
  return <p>Queuescope</p>;
}
