"""What fails: an order that cannot be paid."""


class PaymentError(Exception):
    pass


def charge(amount):
    return int(amount)


def pay():
    try:
        charge("twelve")
    except ValueError as cause:
        raise PaymentError("payment failed") from cause
