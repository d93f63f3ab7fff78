"use client";
import type { SpecimenLabel } from "@infirmary/shared/specimen";
import { Button } from "@mantine/core";
import { Dialog } from "#ui/dialog.tsx";
import classes from "./specimen.module.css";

/** The label as it will stick on the tube, 57 by 32 mm, and the way to the printer. */
export function LabelDialog({ label, onClose }: { label: SpecimenLabel; onClose: () => void }) {
  return (
    <Dialog title={`Label ${label.barcode}`} onClose={onClose}>
      <div className={classes.form}>
        <LabelSheet label={label} />
        <div className={classes.actions}>
          <Button data-autofocus onClick={() => window.print()}>
            Print
          </Button>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function LabelSheet({ label }: { label: SpecimenLabel }) {
  return (
    <div className={classes.label}>
      <div className={classes.lines}>
        {label.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${label.dots.size} ${label.dots.size}`}
        className={classes.dots}
        role="img"
        aria-label={`QR code of ${label.barcode}`}
        shapeRendering="crispEdges"
      >
        <path d={label.dots.path} />
      </svg>
      <svg
        viewBox={`0 0 ${label.bars.width} 1`}
        className={classes.bars}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Code 128 of ${label.barcode}`}
        shapeRendering="crispEdges"
      >
        <path d={label.bars.path} />
      </svg>
      <p className={classes.number}>{label.barcode}</p>
    </div>
  );
}
