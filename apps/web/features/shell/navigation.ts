import { can, type Permission } from "@infirmary/shared/access";
import {
  IconActivity,
  IconBook2,
  IconBuildingHospital,
  IconCalendar,
  IconClipboardList,
  IconEye,
  IconHome,
  IconInbox,
  IconListSearch,
  IconMailQuestion,
  IconMicroscope,
  IconPhoneCall,
  IconStethoscope,
  IconTestPipe,
  IconUpload,
  IconUserCog,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";

export type Destination = {
  href: string;
  label: string;
  icon: typeof IconHome;
  /** Sequence that goes there. */
  keys: string;
};

type Entry = Destination & { permission: Permission | null };

const entries: readonly Entry[] = [
  { href: "/", label: "Home", icon: IconHome, keys: "g h", permission: null },
  { href: "/inbox", label: "Inbox", icon: IconInbox, keys: "g i", permission: "order.review" },
  { href: "/patients", label: "Patients", icon: IconUsers, keys: "g p", permission: "patient.read" },
  { href: "/appointments", label: "Appointments", icon: IconCalendar, keys: "g d", permission: "appointment.read" },
  { href: "/queue", label: "Queue", icon: IconUsersGroup, keys: "g q", permission: "queue.read" },
  { href: "/encounters", label: "Visits", icon: IconStethoscope, keys: "g v", permission: "encounter.read" },
  { href: "/orders", label: "Lab orders", icon: IconClipboardList, keys: "g l", permission: "order.read" },
  { href: "/bench", label: "Bench", icon: IconMicroscope, keys: "g b", permission: "result.enter" },
  { href: "/specimens", label: "Specimens", icon: IconTestPipe, keys: "g s", permission: "specimen.process" },
  { href: "/criticals", label: "Criticals", icon: IconPhoneCall, keys: "g r", permission: "result.verify" },
  { href: "/upload", label: "Upload", icon: IconUpload, keys: "g u", permission: "result.upload" },
  { href: "/unmatched", label: "Unmatched", icon: IconMailQuestion, keys: "g m", permission: "result.upload" },
  { href: "/catalogue", label: "Test catalogue", icon: IconBook2, keys: "g c", permission: "catalog.manage" },
  { href: "/people", label: "People", icon: IconUserCog, keys: "g e", permission: "user.manage" },
  { href: "/facilities", label: "Facilities", icon: IconBuildingHospital, keys: "g f", permission: "facility.manage" },
  { href: "/system", label: "System", icon: IconActivity, keys: "g o", permission: "system.manage" },
  { href: "/privacy", label: "Privacy", icon: IconEye, keys: "g y", permission: "privacy.review" },
  { href: "/audit", label: "Audit", icon: IconListSearch, keys: "g a", permission: "audit.read" },
];

/** For a privacy officer home is the privacy page; an administrator who may review too has a home besides. */
const hasOwnHome = (permissions: readonly Permission[]) =>
  !can(permissions, "privacy.review") || can(permissions, "user.manage");

/** Where a person with these permissions can go, in the order of the rail. A doctor's home is the inbox, so it is there once. */
export function destinationsFor(permissions: readonly Permission[]): Destination[] {
  return entries.filter(({ href, permission }) =>
    href === "/"
      ? !can(permissions, "order.review") && hasOwnHome(permissions)
      : permission === null || can(permissions, permission),
  );
}

/** Whether the page at `path` belongs to the destination: it, or one below it. */
export function isAt(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
