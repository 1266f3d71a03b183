/** A configuration and a document to begin with: what is copied must work. */

export const CONFIG = `sources:
  prometheus:
    - name: main
      url: http://127.0.0.1:9090
slos: [slos/**/*.yaml]`;

export const DOCUMENT = `service: checkout
owner: shop
slos:
  - name: availability
    target: 0.999
    window: 30d
    sli:
      bad: sum(rate(http_requests_total{job="checkout",code=~"5.."}[5m]))
      total: sum(rate(http_requests_total{job="checkout"}[5m]))`;
