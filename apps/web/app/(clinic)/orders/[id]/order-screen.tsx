"use client";
import { nextStatuses } from "@infirmary/shared/order";
import dynamic from "next/dynamic";
import { OrderActions } from "#features/order/order-actions.tsx";
import { OrderFacts } from "#features/order/order-facts.tsx";
import { OrderLoader } from "#features/order/order-loader.tsx";
import { OrderSteps } from "#features/order/order-steps.tsx";
import { SignOff } from "#features/order/sign-off.tsx";
import { PatientBanner } from "#features/patient/patient-banner.tsx";
import { OrderMessages } from "#features/result/order-messages.tsx";
import { ResultPanels } from "#features/result/result-panels.tsx";
import { OrderSpecimens } from "#features/specimen/order-specimens.tsx";
import { useMe } from "#lib/session/me.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./order-screen.module.css";

const OutOfScope = dynamic(() => import("#features/break-glass/out-of-scope.tsx").then((module) => module.OutOfScope));

/** One order: who it is about, its values with what went before, the signature, how it came here. */
export function OrderScreen({ id }: { id: string }) {
  const { permissions, can } = useMe();
  return (
    <OrderLoader id={id} outOfScope={(error) => <OutOfScope error={error} />}>
      {(order) => {
        const dialogBanner = <PatientBanner patient={order.patient} isInDialog />;
        const maySign = nextStatuses(order.status, permissions).includes("REVIEWED");
        return (
          <>
            <PatientBanner patient={order.patient} patientId={order.patientId} allergiesOf={order.patientId} />
            <PageHeader
              title={order.testName}
              description={order.orderNumber}
              actions={<OrderActions order={order} banner={dialogBanner} />}
            />
            <div className={classes.order}>
              <div className={classes.main}>
                {can("result.read") ? (
                  <Section title="Results">
                    <ResultPanels
                      orderId={id}
                      patientId={order.patientId}
                      banner={dialogBanner}
                      emptyHint={
                        order.status === "CANCELLED"
                          ? "The order was cancelled."
                          : "They appear here by themselves as soon as the lab files them."
                      }
                    >
                      {(isReady) => maySign && <SignOff order={order} isReady={isReady} label="Sign off" />}
                    </ResultPanels>
                  </Section>
                ) : (
                  <p>Your role does not include reading results.</p>
                )}
                {can("result.read") && (
                  <Section title="HL7 messages">
                    <OrderMessages orderId={id} />
                  </Section>
                )}
              </div>
              <div className={classes.side}>
                <Section title="State">
                  <OrderSteps order={order} />
                </Section>
                {can("specimen.read") && (
                  <Section title="Specimens">
                    <OrderSpecimens orderId={id} patientId={order.patientId} banner={dialogBanner} />
                  </Section>
                )}
                <Section title="Order">
                  <OrderFacts order={order} />
                </Section>
              </div>
            </div>
          </>
        );
      }}
    </OrderLoader>
  );
}
