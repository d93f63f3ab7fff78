"use client";
import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useShortcut } from "#ui/shortcut.tsx";

const ShortcutHelp = dynamic(() => import("#ui/shortcut-help.tsx").then((module) => module.ShortcutHelp));

/** Opens the sheet of keyboard shortcuts, also with `?`. */
export function HelpButton() {
  const [isOpen, sheet] = useDisclosure(false);
  useShortcut({ keys: "?", label: "Show this sheet", group: "Anywhere" }, sheet.open);
  return (
    <>
      <ActionIcon
        title="Keyboard shortcuts (?)"
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Keyboard shortcuts"
        onClick={sheet.open}
      >
        <IconKeyboard size={20} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      {isOpen && <ShortcutHelp onClose={sheet.close} />}
    </>
  );
}
