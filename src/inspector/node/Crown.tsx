/** The sign of who leads, as on the stage. The word beside it says the same. */
export function Crown() {
  return (
    <svg width="13" height="12" viewBox="0 0 13 12" aria-hidden="true" focusable="false">
      <path d="M0 3L3.2 7L6.5 1L9.8 7L13 3V11.5H0Z" fill="var(--warn)" />
    </svg>
  );
}
