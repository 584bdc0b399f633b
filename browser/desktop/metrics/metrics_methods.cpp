// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/metrics/metrics_methods.h"

#include <QJsonArray>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <string>

namespace bulkhead {

namespace {

QJsonObject row(const std::string &name, const prometheus::ClientMetric &metric, double value)
{
    QJsonObject labels;
    for (const auto &label : metric.label)
        labels.insert(QString::fromStdString(label.name), QString::fromStdString(label.value));
    return {{QStringLiteral("name"), QString::fromStdString(name)},
            {QStringLiteral("labels"), labels.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(labels)},
            {QStringLiteral("value"), value}};
}

QJsonArray rows(const std::vector<prometheus::MetricFamily> &families)
{
    QJsonArray all;
    for (const auto &family : families) {
        for (const auto &metric : family.metric) {
            if (family.type == prometheus::MetricType::Histogram) {
                all.append(row(family.name + "_count", metric, double(metric.histogram.sample_count)));
                all.append(row(family.name + "_sum", metric, metric.histogram.sample_sum));
            } else {
                const bool counts = family.type == prometheus::MetricType::Counter;
                all.append(row(family.name, metric, counts ? metric.counter.value : metric.gauge.value));
            }
        }
    }
    return all;
}

} // namespace

void addMetricsMethods(ControlMethods &methods, const AppMetrics &metrics)
{
    methods.add(QStringLiteral("metrics"), [&metrics](const RpcCall &call) {
        const auto families = metrics.collect();
        if (call.params()[QStringLiteral("format")].toString() == u"prometheus")
            call.finish(QJsonObject{
                {QStringLiteral("text"), QString::fromStdString(prometheus::TextSerializer().Serialize(families))}});
        else
            call.finish(QJsonObject{{QStringLiteral("metrics"), rows(families)}});
    });
}

} // namespace bulkhead
