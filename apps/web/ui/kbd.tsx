import classes from "./kbd.module.css";

const names: Record<string, string> = { mod: "Ctrl", Escape: "Esc" };

/** Keys as they are printed: `g p`, `Ctrl+K`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {keys.split(" ").map((chord) => (
        <kbd key={chord} className={classes.key}>
          {chord
            .split("+")
            .map((key) => names[key] ?? (chord.includes("+") && key.length === 1 ? key.toUpperCase() : key))
            .join("+")}
        </kbd>
      ))}
    </span>
  );
}
