import type { Page } from "@playwright/test";

/** The list of lab orders, and the laboratory's worklist, which is the same table. */
export const orderListPage = (page: Page) => {
  const table = page.getByRole("table", { name: "Lab orders" });
  return {
    search: page.getByRole("searchbox", { name: "Search" }),
    table,
    row: (text: string) => table.getByRole("row").filter({ hasText: text }),
    tab: (name: string | RegExp) => page.getByRole("group", { name: "State" }).getByRole("button", { name }),
    start: (orderNumber: string) => table.getByRole("button", { name: new RegExp(`^Start .*${orderNumber}`) }),
    uploadFor: (orderNumber: string) =>
      table.getByRole("link", { name: new RegExp(`^Upload results of .*${orderNumber}`) }),
  };
};

export const orderForm = (page: Page) => {
  const ordered = page.getByRole("region", { name: "Ordered" });
  return {
    test: page.getByRole("combobox", { name: "Test" }),
    option: (name: string | RegExp) => page.getByRole("option", { name }),
    priority: (name: string) => page.getByRole("radio", { name: new RegExp(`^${name}`) }),
    notes: page.getByLabel("Notes for the lab (optional)"),
    submit: page.getByRole("button", { name: /^(Place order|Order STAT)$/ }),
    refusal: page.getByRole("main").getByRole("alert"),
    repeatWarning: page.getByText("Ordered already:"),
    ordered,
    number: ordered.getByRole("link", { name: /^[A-Z]*\d+/ }),
  };
};

/** One order with its results. */
export const orderPage = (page: Page) => {
  const signOff = page.getByRole("region", { name: "Sign-off" });
  return {
    steps: page.getByRole("list", { name: "State of the order" }),
    present: page.getByRole("list", { name: "State of the order" }).locator("[aria-current=step]"),
    /** The row of a value, with what it said before. */
    value: (name: string) =>
      page
        .getByRole("table", { name: "Results" })
        .getByRole("row")
        .filter({ hasText: `${name}` })
        .filter({ has: page.getByRole("button", { name: /show the trend$/ }) }),
    signOff,
    comment: signOff.getByLabel(/^Comment/),
    sign: signOff.getByRole("button", { name: "Sign off" }),
    cancel: page.getByRole("button", { name: "Cancel order" }),
  };
};
