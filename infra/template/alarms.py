"""What wakes somebody: a dead letter, work that is overdue, a clock that stopped, promises that run out."""

from infra.template.queues import QUEUES
from infra.template.syntax import Json, ref, sub, when

OVERDUE_LIMIT_S = 300


def build() -> Json:
    resources: Json = {
        "AlertTopic": {
            "Type": "AWS::SNS::Topic",
            "Properties": {
                "Subscription": when("HasAlertEmail", [{"Protocol": "email", "Endpoint": ref("AlertEmail")}])
            },
        },
        "OverdueAlarm": _overdue(),
        "TickStoppedAlarm": _tick_stopped(),
        "TickFailsAlarm": _tick_fails(),
        "PromisesAtRiskAlarm": _promises(
            "AtRisk", "many shoppers wait, and four fifths of what they were promised are over"
        ),
        "PromisesBrokenAlarm": _promises("Broken", "many promised times have passed without an answer"),
    }
    for name in QUEUES:
        resources[f"{name}DeadLettersAlarm"] = _dead_letters(name)
    return {"Resources": resources, "Outputs": {"AlertTopic": {"Value": ref("AlertTopic")}}}


def _dead_letters(queue: str) -> Json:
    return _alarm(
        f"${{AWS::StackName}}: {queue.lower()} messages failed for good; read and redrive them",
        namespace="AWS/SQS",
        metric="ApproximateNumberOfMessagesVisible",
        dimension=("QueueName", {"Fn::GetAtt": [f"{queue}DeadLetters", "QueueName"]}),
        above=0,
    )


def _overdue() -> Json:
    return _alarm(
        "${AWS::StackName}: something that was due has waited too long to be sent",
        namespace="Parley",
        metric="OldestOverdueSeconds",
        dimension=("stage", ref("Stage")),
        above=OVERDUE_LIMIT_S,
    )


def _tick_stopped() -> Json:
    """A function that is not run publishes no count, so silence is the alarm."""
    alarm = _alarm(
        "${AWS::StackName}: the tick has not run for ten minutes; nothing that is due gets sent",
        namespace="AWS/Lambda",
        metric="Invocations",
        dimension=("FunctionName", ref("Tick")),
        above=0,
    )
    silence = {"ComparisonOperator": "LessThanOrEqualToThreshold", "TreatMissingData": "breaching"}
    ten_minutes = {"Period": 300, "EvaluationPeriods": 2, "Statistic": "Sum"}
    alarm["Properties"] |= silence | ten_minutes
    return alarm


def _tick_fails() -> Json:
    """A tick that ends in an error counts as run."""
    return _alarm(
        "${AWS::StackName}: the tick fails; what is due may not get sent",
        namespace="AWS/Lambda",
        metric="Errors",
        dimension=("FunctionName", ref("Tick")),
        above=0,
    )


def _promises(what: str, text: str) -> Json:
    """Counted by channel too; what wakes somebody is the whole stage within a quarter of an hour."""
    alarm = _alarm(
        f"${{AWS::StackName}}: {text}",
        namespace="Parley",
        metric=f"Promise{what}",
        dimension=("stage", ref("Stage")),
        above=0,
    )
    alarm["Properties"] |= {"Statistic": "Sum", "Period": 900, "Threshold": ref(f"Promises{what}Limit")}
    return alarm


def _alarm(text: str, namespace: str, metric: str, dimension: tuple[str, Json], above: int) -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": sub(text),
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": dimension[0], "Value": dimension[1]}],
            "Statistic": "Maximum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": above,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref("AlertTopic")],
            "OKActions": [ref("AlertTopic")],
        },
    }
